package plenary.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Writes answers to the wire, with the headers that every one carries. */
final class Answers {
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

  private Answers() {}

  /** Writes the answer of an operation. */
  static void write(Exchange exchange, Answer answer) {
    if (answer == Answer.TAKEN) {
      return;
    }
    write(exchange.routing.vertx(), exchange.request, exchange.secure, answer);
    exchange.resume();
  }

  /** Writes an answer to whatever was asked. To be called on the request's event loop. */
  static void write(Vertx vertx, HttpServerRequest request, boolean secure, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      request.connection().close();
      return;
    }
    if (!request.isEnded() && Bodies.present(request)) {
      response.headers().set(HttpHeaders.CONNECTION, CLOSE);
      Bodies.discard(request);
      Bodies.closeSoon(vertx, request);
    }
    response.setStatusCode(answer.status());
    String policy = answer.headers().get(SecurityHeaders.POLICY_NAME);
    if (policy == null) {
      SecurityHeaders.data(response.headers(), secure);
    } else {
      SecurityHeaders.page(response.headers(), secure, policy);
    }
    if (!answer.headers().containsKey("Cache-Control")) {
      response.headers().add(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      if (!header.getKey().equals(SecurityHeaders.POLICY_NAME)) {
        response.headers().add(header.getKey(), header.getValue());
      }
    }
    end(request, response, answer);
  }

  private static void end(HttpServerRequest request, HttpServerResponse response, Answer answer) {
    Buffer body = answer.body();
    if (answer.contentType() != null) {
      response.headers().add(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    if (body == null) {
      response.end();
    } else if (request.method() == HttpMethod.HEAD) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }
}
