package plenary.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import plenary.config.KnownVariables;

/** The rules that our manifests keep, beyond being valid. */
final class Policy {
  private final List<Manifest> manifests;
  private final List<String> violations = new ArrayList<>();

  private Policy(List<Manifest> manifests) {
    this.manifests = manifests;
  }

  /** What breaks a rule; empty = fine. */
  static List<String> violations(List<Manifest> manifests) {
    Policy policy = new Policy(manifests);
    policy.everyKindIsThere();
    Manifest deployment = policy.one("Deployment");
    if (deployment != null) {
      policy.checkPod(deployment);
      policy.checkContainer(deployment);
      policy.checkProbes(container(deployment));
      policy.checkTime(deployment);
      policy.checkVariables(deployment);
      policy.checkSelectors(deployment);
      policy.checkRollout(deployment);
    }
    policy.secrets();
    return policy.violations;
  }

  private void everyKindIsThere() {
    for (String kind :
        List.of(
            "Deployment",
            "Service",
            "ServiceAccount",
            "ConfigMap",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler",
            "NetworkPolicy")) {
      require(one(kind) != null, "a " + kind + " is missing");
    }
  }

  private void checkPod(Manifest deployment) {
    JsonObject pod = pod(deployment);
    JsonObject security = pod.getJsonObject("securityContext", new JsonObject());
    require(security.getBoolean("runAsNonRoot", false), "the pod may run as root");
    require(
        security.getJsonObject("seccompProfile", new JsonObject()).getString("type") != null,
        "the pod has no seccomp profile");
    require(
        !pod.getBoolean("automountServiceAccountToken", true),
        "the pod gets a token of the cluster");
    require(
        !pod.getBoolean("enableServiceLinks", true),
        "the variables of services look like configuration");
    require(
        Objects.equals(
            pod.getString("serviceAccountName"),
            one("ServiceAccount") == null ? null : one("ServiceAccount").name()),
        "the service account is another");
  }

  private void checkContainer(Manifest deployment) {
    JsonObject container = container(deployment);
    JsonObject security = container.getJsonObject("securityContext", new JsonObject());
    require(
        security.getBoolean("readOnlyRootFilesystem", false), "the root file system is writable");
    require(!security.getBoolean("allowPrivilegeEscalation", true), "privileges may be escalated");
    require(
        security
            .getJsonObject("capabilities", new JsonObject())
            .getJsonArray("drop", new JsonArray())
            .contains("ALL"),
        "capabilities are not dropped");
    JsonObject resources = container.getJsonObject("resources", new JsonObject());
    JsonObject requests = resources.getJsonObject("requests", new JsonObject());
    require(requests.containsKey("cpu") && requests.containsKey("memory"), "requests are missing");
    require(
        resources.getJsonObject("limits", new JsonObject()).containsKey("memory"),
        "the memory limit is missing");
    String image = container.getString("image", "");
    require(image.matches(".+:[^:/]+") && !image.endsWith(":latest"), "the image has no fixed tag");
    require(
        objects(pod(deployment).getJsonArray("volumes"))
            .anyMatch(volume -> volume.containsKey("emptyDir")),
        "there is no writable directory for temporary files");
  }

  private void checkProbes(JsonObject container) {
    Map<String, String> paths =
        Map.of(
            "readinessProbe", "/readyz", "livenessProbe", "/healthz", "startupProbe", "/healthz");
    paths.forEach(
        (probe, path) -> {
          JsonObject get =
              container
                  .getJsonObject(probe, new JsonObject())
                  .getJsonObject("httpGet", new JsonObject());
          require(path.equals(get.getString("path")), probe + " does not ask " + path);
          require(
              "management".equals(get.getValue("port")), probe + " is not at the management port");
        });
  }

  /** SIGTERM comes after preStop; what drains longer than the grace is killed. */
  private void checkTime(Manifest deployment) {
    int grace = pod(deployment).getInteger("terminationGracePeriodSeconds", 30);
    JsonArray command =
        container(deployment)
            .getJsonObject("lifecycle", new JsonObject())
            .getJsonObject("preStop", new JsonObject())
            .getJsonObject("exec", new JsonObject())
            .getJsonArray("command", new JsonArray());
    boolean sleeps = command.size() == 2 && "sleep".equals(command.getString(0));
    require(sleeps, "there is no preStop that waits for the load balancers");
    int before = sleeps ? Integer.parseInt(command.getString(1)) : 0;
    int drain = Integer.parseInt(variable("PLENARY_LIVE_DRAIN_MS")) / 1000;
    int commands = Integer.parseInt(variable("PLENARY_COMMIT_DEADLINE_MS")) / 1000;
    require(
        grace > before + drain + commands,
        "the grace of " + grace + " s is below preStop, drain and the last commands");
  }

  private void checkVariables(Manifest deployment) {
    Set<String> known = KnownVariables.all().keySet();
    Map<String, String> set = set(deployment);
    for (String name : set.keySet()) {
      require(
          !name.startsWith("PLENARY_") || known.contains(name),
          "nobody knows the variable " + name);
    }
    require(set.containsKey("PLENARY_DATABASE_URL_FILE"), "the database's URL is not a file");
    objects(container(deployment).getJsonArray("ports"))
        .forEach(
            port -> {
              String key =
                  "http".equals(port.getString("name"))
                      ? "PLENARY_HTTP_PORT"
                      : "PLENARY_MANAGEMENT_PORT";
              require(
                  variable(key).equals(String.valueOf(port.getInteger("containerPort"))),
                  "the port " + port.getString("name") + " is not " + key);
            });
  }

  private void checkSelectors(Manifest deployment) {
    JsonObject labels =
        deployment
            .spec()
            .getJsonObject("template")
            .getJsonObject("metadata")
            .getJsonObject("labels");
    Set<Object> ports = new HashSet<>();
    objects(container(deployment).getJsonArray("ports"))
        .forEach(port -> ports.add(port.getString("name")));
    for (Manifest manifest : manifests) {
      JsonObject selector =
          switch (manifest.kind()) {
            case "Service" -> manifest.spec().getJsonObject("selector");
            case "Deployment", "PodDisruptionBudget" ->
                manifest.spec().getJsonObject("selector").getJsonObject("matchLabels");
            case "NetworkPolicy" ->
                manifest.spec().getJsonObject("podSelector").getJsonObject("matchLabels");
            default -> new JsonObject();
          };
      require(
          selector != null && labels.getMap().entrySet().containsAll(selector.getMap().entrySet()),
          manifest.kind() + " " + manifest.name() + " selects other pods");
      if (manifest.kind().equals("Service")) {
        objects(manifest.spec().getJsonArray("ports"))
            .forEach(
                port ->
                    require(
                        ports.contains(port.getValue("targetPort")),
                        "Service " + manifest.name() + " has a port that no container has"));
      }
      if (manifest.kind().equals("NetworkPolicy")) {
        networkPolicy(manifest);
      }
    }
  }

  private void networkPolicy(Manifest policy) {
    JsonArray types = policy.spec().getJsonArray("policyTypes", new JsonArray());
    require(
        types.contains("Ingress") && types.contains("Egress"),
        "the network policy leaves a direction open");
    boolean open =
        objects(policy.spec().getJsonArray("ingress"))
            .filter(rule -> rule.getJsonArray("from", new JsonArray()).isEmpty())
            .flatMap(rule -> ports(rule).stream())
            .anyMatch(port -> !"http".equals(port));
    require(!open, "everybody reaches more than the http port");
  }

  /** A rule without ports opens all of them. */
  private static List<Object> ports(JsonObject rule) {
    List<Object> ports =
        objects(rule.getJsonArray("ports")).map(port -> port.getValue("port")).toList();
    return ports.isEmpty() ? List.of("all") : ports;
  }

  private void checkRollout(Manifest deployment) {
    require(
        !deployment.spec().containsKey("replicas"), "replicas and the autoscaler fight each other");
    JsonObject rolling =
        deployment
            .spec()
            .getJsonObject("strategy", new JsonObject())
            .getJsonObject("rollingUpdate", new JsonObject());
    require(
        Objects.equals(rolling.getValue("maxUnavailable"), 0),
        "an update takes pods away before others are there");
    Manifest scaler = one("HorizontalPodAutoscaler");
    if (scaler != null) {
      JsonObject target = scaler.spec().getJsonObject("scaleTargetRef");
      require(deployment.name().equals(target.getString("name")), "the autoscaler scales another");
    }
  }

  private void secrets() {
    for (Manifest manifest : manifests) {
      require(!manifest.kind().equals("Secret"), "a Secret is in the tree");
      for (String secret : List.of("PLENARY_DATABASE_URL", "PLENARY_SETUP_TOKEN")) {
        require(
            !manifest.json().getJsonObject("data", new JsonObject()).containsKey(secret),
            secret + " is in a ConfigMap");
      }
    }
    Manifest deployment = one("Deployment");
    if (deployment != null) {
      objects(container(deployment).getJsonArray("env"))
          .filter(env -> env.containsKey("value"))
          .forEach(
              env ->
                  require(
                      !Set.of("PLENARY_DATABASE_URL", "PLENARY_SETUP_TOKEN")
                          .contains(env.getString("name")),
                      env.getString("name") + " is written out"));
    }
  }

  private String variable(String name) {
    Manifest deployment = one("Deployment");
    Map<String, String> set = deployment == null ? Map.of() : set(deployment);
    return set.getOrDefault(name, KnownVariables.all().getOrDefault(name, "0"));
  }

  /** Every variable the container gets, from its own list and from the maps it names. */
  private Map<String, String> set(Manifest deployment) {
    Map<String, String> set = new TreeMap<>();
    objects(container(deployment).getJsonArray("envFrom"))
        .map(source -> source.getJsonObject("configMapRef", new JsonObject()).getString("name"))
        .forEach(
            name ->
                manifests.stream()
                    .filter(m -> m.kind().equals("ConfigMap") && m.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                        map ->
                            map.json()
                                .getJsonObject("data")
                                .forEach(e -> set.put(e.getKey(), String.valueOf(e.getValue()))),
                        () -> violations.add("there is no ConfigMap " + name)));
    objects(container(deployment).getJsonArray("env"))
        .forEach(env -> set.put(env.getString("name"), env.getString("value", "")));
    return set;
  }

  private Manifest one(String kind) {
    return manifests.stream().filter(m -> m.kind().equals(kind)).findFirst().orElse(null);
  }

  private static JsonObject pod(Manifest deployment) {
    return deployment.spec().getJsonObject("template").getJsonObject("spec");
  }

  private static JsonObject container(Manifest deployment) {
    return pod(deployment).getJsonArray("containers").getJsonObject(0);
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array == null ? Stream.of() : array.stream().map(JsonObject.class::cast);
  }

  private void require(boolean met, String violation) {
    if (!met && !violations.contains(violation)) {
      violations.add(violation);
    }
  }
}
