package io.podlab.config.delivery;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext;

/** Has an {@link Answer} delivered in the form that was asked for. */
@Provider
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class AnswerWriter implements ServerMessageBodyWriter<Answer> {
  private final Delivery delivery;

  AnswerWriter(Delivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == Answer.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == Answer.class;
  }

  @Override
  public void writeResponse(Answer answer, Type genericType, ServerRequestContext context) {
    delivery.end(
        ((VertxResteasyReactiveRequestContext) context.serverResponse()).getContext(),
        form(answer, context.getResponseMediaType()));
  }

  @Override
  public void writeTo(
      Answer answer,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> httpHeaders,
      OutputStream body)
      throws IOException {
    body.write(form(answer, mediaType).bytes().getBytes());
  }

  private static Body form(Answer answer, MediaType type) {
    return MediaType.APPLICATION_JSON_TYPE.isCompatible(type) ? answer.json() : answer.text();
  }
}
