package io.wanstreams.k8s;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** The Kubernetes API's own types, which refuse a field they do not know at any depth. */
final class ApiTypes {

    private static final Map<String, String> CLASSES = Map.of(
            "v1/Namespace", "V1Namespace",
            "v1/Service", "V1Service",
            "v1/ConfigMap", "V1ConfigMap",
            "v1/Secret", "V1Secret",
            "v1/PersistentVolumeClaim", "V1PersistentVolumeClaim",
            "apps/v1/Deployment", "V1Deployment",
            "policy/v1/PodDisruptionBudget", "V1PodDisruptionBudget");

    private ApiTypes() {}

    /**
     * Checks one object.
     *
     * @throws AssertionError with the field, when a real API server with strict validation would refuse it
     */
    static void check(Node object) {
        String type = object.text("apiVersion") + "/" + object.text("kind");
        String name = CLASSES.get(type);
        if (name == null) {
            throw new AssertionError("no type for " + type);
        }
        JsonElement json = new Gson().toJsonTree(object.value());
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models." + name);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            model.getMethod("fromJson", String.class).invoke(null, json.toString());
        } catch (InvocationTargetException e) {
            throw new AssertionError(type + " " + object.text("metadata/name") + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the client library has changed its models", e);
        }
    }
}
