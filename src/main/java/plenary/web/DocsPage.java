package plenary.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** The contract as one page to read: written once at the start, without any script. */
final class DocsPage {
  private static final String STYLE = style();

  private final Contract contract;
  private final JsonObject source;
  private final StringBuilder html = new StringBuilder(200_000);

  private DocsPage(Contract contract) {
    this.contract = contract;
    this.source = contract.json();
  }

  /** The page. */
  static String of(Contract contract) {
    DocsPage page = new DocsPage(contract);
    page.write();
    return page.html.toString();
  }

  /** The policy under which it is served: its own style and nothing else. */
  static String policy() {
    return "default-src 'none'; style-src 'sha256-"
        + hash(STYLE)
        + "'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";
  }

  private void write() {
    JsonObject info = source.getJsonObject("info");
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(Html.text(info.getString("title"))).append(" API</title>\n");
    html.append("<style>").append(STYLE).append("</style>\n</head>\n<body>\n");
    navigation();
    html.append("<main>\n<h1>").append(Html.text(info.getString("title"))).append(" API</h1>\n");
    html.append("<p class=\"quiet\">").append(Html.text(info.getString("summary")));
    html.append(" · version ").append(Html.text(info.getString("version")));
    html.append(" · <a href=\"/openapi.json\">openapi.json</a></p>\n");
    html.append(Html.prose(info.getString("description")));
    for (Object tag : source.getJsonArray("tags")) {
      section((JsonObject) tag);
    }
    frames();
    html.append("</main>\n</body>\n</html>\n");
  }

  private void navigation() {
    html.append("<nav aria-label=\"Operations\">\n");
    for (Object each : source.getJsonArray("tags")) {
      String tag = ((JsonObject) each).getString("name");
      html.append("<h2>").append(Html.text(tag)).append("</h2>\n<ul>\n");
      for (Operation operation : contract.operations()) {
        if (tag.equals(tag(operation))) {
          html.append("<li><a href=\"#").append(operation.id()).append("\">");
          method(operation);
          html.append(Html.text(operation.id())).append("</a></li>\n");
        }
      }
      html.append("</ul>\n");
    }
    html.append("<h2>Stream</h2>\n<ul>\n<li><a href=\"#frames\">Frames</a></li>\n</ul>\n</nav>\n");
  }

  private void section(JsonObject tag) {
    html.append("<h2>").append(Html.text(tag.getString("name"))).append("</h2>\n");
    html.append(Html.prose(tag.getString("description")));
    for (Operation operation : contract.operations()) {
      if (tag.getString("name").equals(tag(operation))) {
        operation(operation);
      }
    }
  }

  private void operation(Operation operation) {
    JsonObject given = contract.resolve(given(operation));
    html.append("<article id=\"").append(operation.id()).append("\">\n<div class=\"line\">");
    method(operation);
    html.append("<span class=\"path\">").append(Html.text(operation.path()));
    html.append("</span></div>\n<h3>").append(Html.text(given.getString("summary")));
    html.append("</h3>\n").append(Html.prose(given.getString("description", "")));
    facts(operation);
    parameters(operation, given);
    body(given);
    responses(given);
    html.append("</article>\n");
  }

  private void method(Operation operation) {
    String name = operation.method().name();
    html.append("<span class=\"method ").append(name.toLowerCase(Locale.ROOT)).append("\">");
    html.append(name).append("</span>");
  }

  private void facts(Operation operation) {
    html.append("<ul class=\"facts\"><li>");
    html.append(
        switch (operation.rule().audience()) {
          case ANYONE -> "for anyone";
          case SIGNED_IN -> "for everybody signed in";
          case ROLES ->
              "for "
                  + String.join(
                      ", ", operation.rule().roles().stream().map(role -> role.id()).toList());
        });
    html.append("</li><li><code>").append(operation.id()).append("</code></li>");
    if (!operation.bodies().isEmpty()) {
      html.append("<li>body up to ").append(operation.bodyMax() / 1_024).append(" KiB within ");
      html.append(operation.bodySeconds()).append(" s</li>");
    }
    html.append("</ul>\n");
  }

  private void parameters(Operation operation, JsonObject given) {
    JsonArray all = new JsonArray();
    JsonObject item = contract.resolve(item(operation));
    item.getJsonArray("parameters", new JsonArray()).forEach(all::add);
    given.getJsonArray("parameters", new JsonArray()).forEach(all::add);
    if (all.isEmpty()) {
      return;
    }
    html.append("<h4>Parameters</h4>\n<table>\n<tr><th>Name</th><th>In</th><th>Kind</th>");
    html.append("<th>Meaning</th></tr>\n");
    for (Object each : all) {
      JsonObject parameter = (JsonObject) each;
      html.append("<tr><td>").append(Html.text(parameter.getString("name")));
      html.append(parameter.getBoolean("required", false) ? " *" : "").append("</td><td>");
      html.append(Html.text(parameter.getString("in"))).append("</td><td>");
      html.append(Html.text(Html.kind(parameter.getJsonObject("schema")))).append("</td><td>");
      html.append(Html.inline(parameter.getString("description", ""))).append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void body(JsonObject given) {
    JsonObject body = given.getJsonObject("requestBody");
    if (body == null) {
      return;
    }
    JsonObject content = body.getJsonObject("content");
    html.append("<h4>Body</h4>\n<p class=\"quiet\">");
    html.append(Html.text(String.join(", ", content.fieldNames()))).append("</p>\n");
    JsonObject schema =
        content.getJsonObject(content.fieldNames().iterator().next()).getJsonObject("schema");
    if (schema.containsKey("properties")) {
      Html.properties(html, schema);
      Html.example(html, Examples.of(schema, true));
    }
  }

  private void responses(JsonObject given) {
    html.append("<h4>Answers</h4>\n<table>\n");
    JsonObject responses = given.getJsonObject("responses");
    for (String status : responses.fieldNames()) {
      html.append("<tr><td>").append(Html.text(status)).append("</td><td>");
      html.append(Html.inline(responses.getJsonObject(status).getString("description")));
      html.append("</td></tr>\n");
    }
    html.append("</table>\n");
    for (String status : responses.fieldNames()) {
      JsonObject content = responses.getJsonObject(status).getJsonObject("content");
      JsonObject json = content == null ? null : content.getJsonObject("application/json");
      if (status.startsWith("2") && json != null) {
        details("Answer " + status, json.getJsonObject("schema"));
      }
    }
  }

  private void details(String title, JsonObject schema) {
    if (schema.containsKey("properties")) {
      html.append("<details><summary>").append(Html.text(title)).append("</summary>\n");
      Html.properties(html, schema);
      Html.example(html, Examples.of(schema, false));
      html.append("</details>\n");
    }
  }

  private void frames() {
    html.append("<h2 id=\"frames\">Frames and entities of the stream</h2>\n");
    html.append("<article>\n");
    JsonObject schemas = source.getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      JsonObject schema = contract.schema(name);
      String description = schema.getString("description", "");
      if (name.endsWith("Frame")
          || description.contains("of the stream")
          || description.contains("body of `")) {
        html.append("<h4>").append(Html.text(name)).append("</h4>\n");
        html.append(Html.prose(description));
        details("Properties", schema);
      }
    }
    html.append("</article>\n");
  }

  private String tag(Operation operation) {
    return given(operation).getJsonArray("tags").getString(0);
  }

  private JsonObject item(Operation operation) {
    return source.getJsonObject("paths").getJsonObject(operation.path());
  }

  private JsonObject given(Operation operation) {
    return item(operation).getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private static String style() {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
