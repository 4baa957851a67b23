package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Writes into the OpenAPI document which endpoints ask for a bearer token, and what they answer.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class AccessInOpenApi implements OASFilter {
  private static final String SCHEME = "bearer";

  private static final Map<String, String> ANSWERS =
      Map.of(
          "401", "No bearer token, or one by which nobody is known",
          "403", "On a cluster: the caller lacks the right, which the answer names");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document
        .getComponents()
        .addSecurityScheme(
            SCHEME,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                    "On a cluster a token that its API server knows, of someone with the right that"
                        + " kubectl would need on the Secrets of kube-system; elsewhere the admin"
                        + " token of the state directory."));
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) -> {
                          String template = path.replaceAll("\\{[^/]*}", "{}");
                          Right.of(method.name(), template, "")
                              .ifPresent(right -> guard(operation, right));
                        }));
  }

  private static void guard(Operation operation, Right right) {
    operation.setSecurity(
        List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME, List.of())));
    String needs = "Needs the right to " + right.verb().word() + " secrets in kube-system.";
    operation.setDescription(
        operation.getDescription() == null ? needs : operation.getDescription() + " " + needs);
    APIResponses responses = operation.getResponses();
    ANSWERS.forEach(
        (status, description) -> {
          if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(
                status,
                OASFactory.createAPIResponse()
                    .description(description)
                    .addHeader(HttpHeaders.WWW_AUTHENTICATE, challenge())
                    .content(problem()));
          }
        });
    if (!responses.hasAPIResponse("503")) {
      responses.addAPIResponse("503", OASFactory.createAPIResponse().ref("BackendAway"));
    }
  }

  private static Header challenge() {
    return OASFactory.createHeader()
        .description("RFC 6750")
        .schema(OASFactory.createSchema().addType(SchemaType.STRING));
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
