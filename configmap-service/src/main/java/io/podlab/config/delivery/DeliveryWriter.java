package io.podlab.config.delivery;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext;

/**
 * Writes an {@link Answer} in the requested form, or opens a stream. Quarkus REST by itself would
 * serialize the body again for each client, and queue the whole of it.
 */
@Provider
@Produces({
  MediaType.TEXT_PLAIN,
  MediaType.APPLICATION_JSON,
  MediaType.TEXT_HTML,
  MediaType.SERVER_SENT_EVENTS
})
public final class DeliveryWriter implements ServerMessageBodyWriter<Deliverable> {
  private final Delivery delivery;
  private final Streams streams;

  DeliveryWriter(Delivery delivery, Streams streams) {
    this.delivery = delivery;
    this.streams = streams;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return Deliverable.class.isAssignableFrom(type);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Deliverable.class.isAssignableFrom(type);
  }

  @Override
  public void writeResponse(Deliverable entity, Type genericType, ServerRequestContext context) {
    RoutingContext routing =
        ((VertxResteasyReactiveRequestContext) context.serverResponse()).getContext();
    if (entity instanceof Answer answer) {
      delivery.end(routing, form(answer, context.getResponseMediaType()));
    } else {
      streams.open(routing, (Streams.Events) entity);
    }
  }

  private static Body form(Answer answer, MediaType type) {
    if (MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
      return answer.json();
    }
    return MediaType.TEXT_HTML_TYPE.isCompatible(type) ? answer.html() : answer.text();
  }

  @Override
  public void writeTo(
      Deliverable entity,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> httpHeaders,
      OutputStream body) {
    throw new UnsupportedOperationException("Quarkus REST calls writeResponse");
  }
}
