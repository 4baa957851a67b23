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
 * Writes into the OpenAPI document what holds for every endpoint: text is a string, errors are
 * problems, and any request can be refused for its {@code Accept} header or its body's length.
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
      ensure(operation, "413", "The body is too long");
      ensure(operation, "415", "The body is of a type that is not taken here");
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
        .addProperty("title", string().description("The status in words"))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .description("The HTTP status code"))
        .addProperty("detail", string().description("What went wrong this time"))
        .addProperty("field", string().description("The part of the request that is wrong"))
        .addProperty("accepted", string().description("What would be accepted in its place"))
        .addProperty(
            RequestId.FIELD, string().description("Finds the request in the service's log"));
  }
}
