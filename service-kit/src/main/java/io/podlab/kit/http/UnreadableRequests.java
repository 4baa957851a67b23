package io.podlab.kit.http;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;

/**
 * Gives requests that Vert.x cannot parse one common label. The part that Vert.x did parse can
 * include a path, which a client can choose.
 */
@Singleton
final class UnreadableRequests implements HttpServerMetricsTagsContributor {
  /** The path that Netty sets if it cannot parse the first line. */
  private static final Tags LABEL = Tags.of("uri", "/bad-request");

  @Override
  public Tags contribute(Context context) {
    return context.request().decoderResult().isFailure() ? LABEL : Tags.empty();
  }
}
