package io.podlab.kit.http;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes {@link PlainText} as {@code text/plain}. */
@Provider
@Produces(MediaType.TEXT_PLAIN)
public final class PlainTextWriter implements ServerMessageBodyWriter<PlainText> {
  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return PlainText.class.isAssignableFrom(type);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return PlainText.class.isAssignableFrom(type);
  }

  @Override
  public void writeResponse(PlainText answer, Type genericType, ServerRequestContext context) {
    context.serverResponse().end(answer.plainText());
  }

  @Override
  public void writeTo(
      PlainText answer,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> httpHeaders,
      OutputStream body)
      throws IOException {
    body.write(answer.plainText().getBytes(StandardCharsets.UTF_8));
  }
}
