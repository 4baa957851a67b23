package io.podlab.config.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.page.Page;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;

/**
 * An answer as text, as JSON, and optionally as a page. Each form is made once, when the first
 * client asks for it; all clients share its bytes.
 */
public final class Answer implements Deliverable {
  /** Making a form of a long answer needs several times its length in memory. */
  private static final Object ONE_AT_A_TIME = new Object();

  private static final String EVENT = "data:";
  private static final String END_OF_EVENT = "\n\n";

  private final Object lock;
  private final PlainText value;
  private final ObjectMapper mapper;
  private final Page page;
  private volatile Body text;
  private volatile Body event;
  private volatile Body json;
  private volatile Body html;

  /** An answer that can be long. */
  public Answer(PlainText value, ObjectMapper mapper) {
    this(value, mapper, true, null);
  }

  /** An answer that can be long, and that this page shows when it opens. */
  public Answer(PlainText value, ObjectMapper mapper, Page page) {
    this(value, mapper, true, page);
  }

  /**
   * @param isLong whether to make its forms one at a time with those of other long answers; a short
   *     answer never waits
   */
  public Answer(PlainText value, ObjectMapper mapper, boolean isLong) {
    this(value, mapper, isLong, null);
  }

  private Answer(PlainText value, ObjectMapper mapper, boolean isLong, Page page) {
    this.lock = isLong ? ONE_AT_A_TIME : new Object();
    this.value = value;
    this.mapper = mapper;
    this.page = page;
  }

  public Body text() {
    if (text == null) {
      synchronized (lock) {
        if (text == null) {
          text = new Body(Buffer.buffer(value.plainText()));
        }
      }
    }
    return text;
  }

  Body json() {
    event();
    return json;
  }

  /** The JSON as a server-sent event. */
  public Body event() {
    if (event == null) {
      synchronized (lock) {
        if (event == null) {
          Buffer bytes = Buffer.buffer(EVENT).appendBytes(written()).appendString(END_OF_EVENT);
          json = new Body(bytes.slice(EVENT.length(), bytes.length() - END_OF_EVENT.length()));
          event = new Body(bytes);
        }
      }
    }
    return event;
  }

  Body html() {
    if (html == null) {
      synchronized (lock) {
        if (html == null) {
          html = new Body(Buffer.buffer(page.showing(json().bytes().toString())));
        }
      }
    }
    return html;
  }

  private byte[] written() {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
