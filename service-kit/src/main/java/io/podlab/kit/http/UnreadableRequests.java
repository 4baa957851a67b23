package io.podlab.kit.http;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;

/**
 * Gives requests that Vert.x cannot read, and answers before any handler, one label: what it could
 * read of them may include a path, which anyone can choose.
 */
@Singleton
final class UnreadableRequests implements HttpServerMetricsTagsContributor {
  /** What Netty calls those whose first line cannot be read. */
  private static final Tags LABEL = Tags.of("uri", "/bad-request");

  @Override
  public Tags contribute(Context context) {
    return context.request().decoderResult().isFailure() ? LABEL : Tags.empty();
  }
}
