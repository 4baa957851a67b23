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
import io.podlab.probe.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of what a probe answers: a new schedule, a number of failures, or both.
 *
 * @param schedule in place of the one in effect
 * @param failNext how many probes fail whatever the schedule says, from 0, which heals
 */
record ProbeUpdate(Optional<Schedule> schedule, Optional<Integer> failNext) {
  static final int LONGEST = 4096;

  private static final String ACCEPTED_JSON =
      "{\"schedule\": \"fail:30s,ok\"} or {\"failNext\": 3}";
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
      @Schema(description = Schedule.ACCEPTED, example = "fail:30s,ok") String schedule,
      @Schema(
              description = "How many probes fail, whatever the schedule says; 0 heals",
              minimum = "0",
              maximum = "1000000",
              example = "3")
          Integer failNext) {}

  /**
   * Reads a body: a schedule, or JSON if it begins so, whatever its type, which curl calls a
   * form's.
   *
   * @throws ProblemException 400 or 413, saying what is accepted
   */
  static ProbeUpdate parse(byte[] body) {
    if (body.length > LONGEST) {
      throw new ProblemException(Problem.of(413, "the body is longer than " + LONGEST + " bytes"));
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new ProblemException(
          Problem.badField("body", "it is empty", Schedule.ACCEPTED + "; or " + ACCEPTED_JSON));
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
      throw badJson("set schedule or failNext");
    }
    return update;
  }

  private static Schedule schedule(String text) {
    try {
      return Schedule.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new ProblemException(
          Problem.badField("schedule", invalid.getMessage(), Schedule.ACCEPTED));
    }
  }

  private static Fields json(String text) {
    try {
      return JSON.readValue(text);
    } catch (UnrecognizedPropertyException unknown) {
      throw badJson("it has a field other than schedule and failNext");
    } catch (JsonMappingException invalid) {
      if (invalid.getCause() instanceof JsonParseException malformed) {
        throw malformed(malformed);
      }
      if (invalid.getPath().isEmpty()) {
        // Something follows the object.
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
        "it is not JSON, from character " + (malformed.getLocation().getCharOffset() + 1));
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
            "it is not a whole number within its bounds",
            "a whole number from 0, which heals, to "
                + Timeline.MOST_FAIL_NEXT
                + "; to fail forever, set the schedule fail"));
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
