package io.podlab.demo.page;

import io.podlab.demo.identity.WhoAnswers;
import io.podlab.kit.page.Page;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Answers a browser's {@code GET /} with the page. */
@Singleton
@Path("/")
public final class BrowserResource {
  private final Page page = Page.read("page.html", BrowserResource.class);
  private final WhoAnswers whoAnswers;

  BrowserResource(WhoAnswers whoAnswers) {
    this.whoAnswers = whoAnswers;
  }

  @GET
  @NonBlocking
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page() {
    whoAnswers.asked();
    return page.response();
  }
}
