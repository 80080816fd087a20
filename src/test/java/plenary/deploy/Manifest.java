package plenary.deploy;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Kubernetes object that was loaded strictly: an unknown or a missing field has failed. */
record Manifest(String kind, String name, JsonObject json) {

  @FunctionalInterface
  private interface Model {
    Object load(String json) throws IOException;
  }

  private static final Map<String, Model> MODELS =
      Map.of(
          "v1/ConfigMap", V1ConfigMap::fromJson,
          "v1/Service", V1Service::fromJson,
          "v1/ServiceAccount", V1ServiceAccount::fromJson,
          "apps/v1/Deployment", V1Deployment::fromJson,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
          "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson,
          "networking.k8s.io/v1/Ingress", V1Ingress::fromJson,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::fromJson);

  /** Loads every document of a YAML text. */
  static List<Manifest> load(String yaml) {
    List<Manifest> all = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      if (document instanceof Map<?, ?> map) {
        all.add(of(new JsonObject(toJson(map))));
      }
    }
    return all;
  }

  private static Manifest of(JsonObject json) {
    String type = json.getString("apiVersion") + "/" + json.getString("kind");
    Model model = MODELS.get(type);
    if (model == null) {
      throw new IllegalArgumentException("no strict model for " + type);
    }
    try {
      model.load(json.encode());
    } catch (IOException e) {
      throw new IllegalArgumentException(type + ": " + e.getMessage(), e);
    }
    return new Manifest(
        json.getString("kind"), json.getJsonObject("metadata").getString("name"), json);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> toJson(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  JsonObject spec() {
    return json.getJsonObject("spec", new JsonObject());
  }
}
