package io.podlab.kit.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the OpenAPI document with what all endpoints share: text answers are strings, errors
 * are problem details, and every endpoint with a body can answer 413 and 415.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ErrorsInOpenApi implements OASFilter {
  private static final String PROBLEM = "Problem";
  private static final String TEXT = "text/plain";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document.getComponents().addSchema(PROBLEM, problem());
    document.getPaths().getPathItems().values().stream()
        .map(PathItem::getOperations)
        .flatMap(operations -> operations.values().stream())
        .forEach(ErrorsInOpenApi::complete);
  }

  private static void complete(Operation operation) {
    if (operation.getRequestBody() != null) {
      ensure(operation, "413", "The body is too large");
      ensure(operation, "415", "The Content-Type is not supported");
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) -> {
              if (status.matches("[45]\\d\\d")
                  && response.getContent() == null
                  && response.getRef() == null) {
                response.setContent(problemContent());
              } else if (response.getContent() != null
                  && response.getContent().hasMediaType(TEXT)) {
                response.getContent().getMediaType(TEXT).setSchema(string());
              }
            });
  }

  private static void ensure(Operation operation, String status, String description) {
    if (!operation.getResponses().hasAPIResponse(status)) {
      APIResponse response = OASFactory.createAPIResponse().description(description);
      operation.getResponses().addAPIResponse(status, response);
    }
  }

  private static Content problemContent() {
    Schema reference = OASFactory.createSchema().ref(PROBLEM);
    return OASFactory.createContent()
        .addMediaType(Problem.JSON, OASFactory.createMediaType().schema(reference))
        .addMediaType(TEXT, OASFactory.createMediaType().schema(string()));
  }

  private static Schema string() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  private static Schema problem() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description("RFC 9457 problem details")
        .required(List.of("title", "status", "detail"))
        .addProperty("title", string().description("The name of the HTTP status"))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .description("The HTTP status code"))
        .addProperty("detail", string().description("A sentence that explains the error"))
        .addProperty("field", string().description("The parameter, header or field that is wrong"))
        .addProperty("accepted", string().description("The values that are accepted"))
        .addProperty(
            RequestId.FIELD, string().description("The ID of the request in the service's log"));
  }
}
