package io.podlab.probe.control;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.Timeline;
import io.podlab.probe.schedule.InvalidScheduleException;
import io.podlab.probe.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of a probe: a new schedule, a number of failures, or both.
 *
 * @param failNext the number of probes that fail, regardless of the schedule; 0 cancels failures
 */
record ProbeUpdate(Optional<Schedule> schedule, Optional<Integer> failNext) {
  static final int LONGEST = 4096;

  private static final String ACCEPTED_JSON =
      "{\"schedule\": \"fail:30s,ok\"} or {\"failNext\": 3}";
  private static final String EXAMPLE = " (complete example: ok:10s,fail)";
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build()
          .readerFor(Fields.class);

  /** The JSON form. */
  @Schema(name = "ProbeUpdate")
  record Fields(
      @Schema(
              description =
                  "A schedule of the states ok, fail, hang and drop, such as ok:10s,fail or"
                      + " ok:20s,fail:10s,repeat",
              example = "fail:30s,ok")
          String schedule,
      @Schema(
              description =
                  "Number of probes that fail, regardless of the schedule; 0 returns to the schedule",
              minimum = "0",
              maximum = "1000000",
              example = "3")
          Integer failNext) {}

  /**
   * Parses a body: JSON if it starts with {@code {}, otherwise a schedule. Ignores the Content-Type,
   * because {@code curl -d} sends that of a form.
   *
   * @throws ProblemException 400 or 413
   */
  static ProbeUpdate parse(byte[] body) {
    if (body.length > LONGEST) {
      throw new ProblemException(
          Problem.of(413, "the body is too large; use at most " + LONGEST + " bytes"));
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new ProblemException(
          Problem.badField(
              "body",
              "it is empty",
              "a schedule such as ok:10s,fail, or JSON such as " + ACCEPTED_JSON));
    }
    if (!text.startsWith("{")) {
      return new ProbeUpdate(Optional.of(schedule(text)), Optional.empty());
    }
    Fields fields = json(text);
    ProbeUpdate update =
        new ProbeUpdate(
            Optional.ofNullable(fields.schedule()).map(ProbeUpdate::schedule),
            Optional.ofNullable(fields.failNext()).map(ProbeUpdate::failNext));
    if (update.schedule().isEmpty() && update.failNext().isEmpty()) {
      throw badJson("the object is empty");
    }
    return update;
  }

  private static Schedule schedule(String text) {
    try {
      return Schedule.parse(text);
    } catch (InvalidScheduleException invalid) {
      throw new ProblemException(
          Problem.badField("schedule", invalid.detail(), invalid.accepted() + EXAMPLE));
    }
  }

  private static Fields json(String text) {
    try {
      return JSON.readValue(text);
    } catch (UnrecognizedPropertyException unknown) {
      throw badJson("the object has an unknown field");
    } catch (JsonMappingException invalid) {
      if (invalid.getCause() instanceof JsonParseException malformed) {
        throw malformed(malformed);
      }
      if (invalid.getPath().isEmpty()) {
        // There is more text after the object.
        throw malformed(invalid);
      }
      boolean isSchedule = invalid.getPath().get(0).getFieldName().equals("schedule");
      throw isSchedule ? badJson("schedule is not a string") : badFailNext();
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed);
    }
  }

  private static ProblemException malformed(JsonProcessingException malformed) {
    return badJson(
        "it is not JSON; the error is at character "
            + (malformed.getLocation().getCharOffset() + 1));
  }

  private static int failNext(int count) {
    if (count < 0 || count > Timeline.MOST_FAIL_NEXT) {
      throw badFailNext();
    }
    return count;
  }

  private static ProblemException badFailNext() {
    return new ProblemException(
        Problem.badField(
            "failNext",
            "it is not a valid number of probes",
            "an integer from 0 to %d (to fail forever, set the schedule to fail)"
                .formatted(Timeline.MOST_FAIL_NEXT)));
  }

  private static ProblemException badJson(String why) {
    return new ProblemException(Problem.badField("body", why, ACCEPTED_JSON));
  }

  void applyTo(Probe probe) {
    if (schedule.isPresent()) {
      probe.begin(schedule.get(), failNext.orElse(0));
    } else {
      failNext.ifPresent(probe::failNext);
    }
  }
}
