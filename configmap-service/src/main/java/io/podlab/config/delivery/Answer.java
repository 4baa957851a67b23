package io.podlab.config.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.kit.http.PlainText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * An answer whose forms are made once for all who get it, when the first one asks. They are given
 * up before memory runs out, and made one at a time: what it takes to make one is several times as
 * long.
 */
public final class Answer {
  private static final Object ONE_AT_A_TIME = new Object();
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final PlainText value;
  private final ObjectMapper mapper;
  private final Once<Body> text = new Once<>(this::plain);
  private final Once<Json> json = new Once<>(this::write);

  public Answer(PlainText value, ObjectMapper mapper) {
    this.value = value;
    this.mapper = mapper;
  }

  /** The same bytes, with what an event has around them and without. */
  private record Json(Body event, Body data) {}

  /** Made when it is first asked for, and again if it has been given up. */
  private static final class Once<T> {
    private final Supplier<T> making;
    private volatile SoftReference<T> made = new SoftReference<>(null);

    Once(Supplier<T> making) {
      this.making = making;
    }

    T get() {
      T known = made.get();
      if (known == null) {
        synchronized (ONE_AT_A_TIME) {
          known = made.get();
          if (known == null) {
            known = making.get();
            made = new SoftReference<>(known);
          }
        }
      }
      return known;
    }
  }

  public Body text() {
    return text.get();
  }

  Body json() {
    return json.get().data();
  }

  /** JSON as a server-sent event. */
  public Body event() {
    return json.get().event();
  }

  private Body plain() {
    return new Body(Buffer.buffer(value.plainText()));
  }

  private Json write() {
    Buffer event = Buffer.buffer();
    event.appendBytes(DATA);
    try {
      mapper.writeValue(
          new OutputStream() {
            @Override
            public void write(int one) {
              event.appendByte((byte) one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
              event.appendBytes(bytes, from, length);
            }
          },
          value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    event.appendBytes(END);
    return new Json(
        new Body(event), new Body(event.slice(DATA.length, event.length() - END.length)));
  }
}
