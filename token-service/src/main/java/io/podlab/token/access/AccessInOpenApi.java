package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the OpenAPI document which endpoints need a bearer token, their error responses, and the
 * problem schema of every error.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class AccessInOpenApi implements OASFilter {
  private static final String SCHEME = "bearer";
  private static final Pattern PARAMETER = Pattern.compile("\\{[^/]*}");

  /** Defined in META-INF/openapi.yaml. Sorted, so that two builds write the same document. */
  private static final Map<String, String> ANSWERS =
      new TreeMap<>(
          Map.of("401", "Unauthenticated", "403", "Forbidden", "503", "BackendUnavailable"));

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getComponents()
        .addSecurityScheme(
            SCHEME,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                    "On a cluster: a token that the API server accepts. Its user needs the RBAC"
                        + " permission on Secrets in kube-system that kubectl would need. Without a"
                        + " cluster: the admin token in the state directory."));
    document.getComponents().getResponses().values().stream()
        .filter(response -> response.getContent() == null)
        .forEach(response -> response.setContent(problem()));
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) ->
                            Right.of(method.name(), PARAMETER.matcher(path).replaceAll("{}"), "")
                                .stream()
                                .map(right -> right.verb().word())
                                .reduce((first, second) -> first + " and " + second)
                                .ifPresent(verbs -> guard(operation, verbs))));
  }

  private static void guard(Operation operation, String verbs) {
    operation.setSecurity(
        List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME, List.of())));
    operation.setDescription(
        operation.getDescription()
            + " On a cluster, the caller needs permission to "
            + verbs
            + " Secrets in kube-system.");
    ANSWERS.forEach(
        (status, component) -> {
          APIResponse response = OASFactory.createAPIResponse().ref(component);
          operation.getResponses().addAPIResponse(status, response);
        });
  }

  private static Content problem() {
    return OASFactory.createContent()
        .addMediaType(
            Problem.JSON,
            OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem")))
        .addMediaType(
            "text/plain",
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
  }
}
