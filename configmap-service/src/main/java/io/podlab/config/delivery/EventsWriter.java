package io.podlab.config.delivery;

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

/** Has {@link Events} delivered: Quarkus REST would make each event anew for every client. */
@Provider
@Produces(MediaType.SERVER_SENT_EVENTS)
public final class EventsWriter implements ServerMessageBodyWriter<Events> {
  private final Delivery delivery;

  EventsWriter(Delivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == Events.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == Events.class;
  }

  @Override
  public void writeResponse(Events events, Type genericType, ServerRequestContext context) {
    delivery.stream(
        ((VertxResteasyReactiveRequestContext) context.serverResponse()).getContext(),
        events.bodies());
  }

  @Override
  public void writeTo(
      Events events,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> httpHeaders,
      OutputStream body) {
    throw new UnsupportedOperationException("a stream has no end");
  }
}
