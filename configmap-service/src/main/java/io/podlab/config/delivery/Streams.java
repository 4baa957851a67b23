package io.podlab.config.delivery;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams of one kind, of which there are so many at most. */
public final class Streams {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  public Streams(int most) {
    this.most = most;
  }

  /**
   * One more, of server-sent events.
   *
   * @throws ProblemException 503 if there are as many as may be
   */
  public Response of(Multi<Body> bodies) {
    if (open.get() >= most) {
      throw new ProblemException(Problem.of(503, most + " follow already; no more can"));
    }
    return Response.ok(
            new Events(
                bodies
                    .onSubscription()
                    .invoke(open::incrementAndGet)
                    .onTermination()
                    .invoke(open::decrementAndGet)),
            MediaType.SERVER_SENT_EVENTS_TYPE.withCharset("UTF-8"))
        .build();
  }
}
