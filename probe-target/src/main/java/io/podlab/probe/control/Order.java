package io.podlab.probe.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.probe.probe.Probe;
import io.podlab.probe.probe.Timeline;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.ScheduleSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a probe is ordered to do: a new schedule, a number of failures, or both.
 *
 * @param schedule in place of the one in effect
 * @param failNext how many probes fail whatever the schedule says, from 0, which heals
 */
record Order(Optional<Schedule> schedule, Optional<Integer> failNext) {
  static final int LONGEST = 4096;

  private static final String SCHEDULE = "schedule";
  private static final String FAIL_NEXT = "failNext";
  private static final String ACCEPTED_JSON =
      "{\"schedule\": \"fail:30s,ok\"} or {\"failNext\": 3}";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The JSON form, for the OpenAPI document. */
  @Schema(name = "Order")
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
  static Order parse(byte[] body) {
    if (body.length > LONGEST) {
      throw new ProblemException(Problem.of(413, "the body is longer than " + LONGEST + " bytes"));
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new ProblemException(
          Problem.badField("body", "it is empty", Schedule.ACCEPTED + "; or " + ACCEPTED_JSON));
    }
    return text.startsWith("{")
        ? json(text)
        : new Order(Optional.of(schedule(text)), Optional.empty());
  }

  private static Schedule schedule(String text) {
    try {
      return Schedule.parse(text);
    } catch (ScheduleSyntaxException senseless) {
      throw new ProblemException(
          Problem.badField(SCHEDULE, senseless.getMessage(), Schedule.ACCEPTED));
    }
  }

  private static Order json(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw badJson(
          "it is no JSON, from character " + (malformed.getLocation().getCharOffset() + 1));
    }
    Optional<Schedule> schedule = Optional.empty();
    Optional<Integer> failNext = Optional.empty();
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode value = root.get(name);
      switch (name) {
        case SCHEDULE -> {
          if (!value.isTextual()) {
            throw badJson("schedule is no text");
          }
          schedule = Optional.of(schedule(value.textValue()));
        }
        case FAIL_NEXT -> failNext = Optional.of(failNext(value));
        default -> throw badJson("it has a field other than schedule and failNext");
      }
    }
    if (schedule.isEmpty() && failNext.isEmpty()) {
      throw badJson("it orders nothing");
    }
    return new Order(schedule, failNext);
  }

  private static int failNext(JsonNode value) {
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 0
        || value.intValue() > Timeline.MOST_FAIL_NEXT) {
      throw new ProblemException(
          Problem.badField(
              FAIL_NEXT,
              "it is not a whole number within its bounds",
              "a whole number from 0, which heals, to "
                  + Timeline.MOST_FAIL_NEXT
                  + "; for ever is the schedule fail"));
    }
    return value.intValue();
  }

  private static ProblemException badJson(String why) {
    return new ProblemException(Problem.badField("body", why, ACCEPTED_JSON));
  }

  void giveTo(Probe probe) {
    if (schedule.isPresent()) {
      probe.begin(schedule.get(), failNext.orElse(0));
    } else {
      failNext.ifPresent(probe::failNext);
    }
  }
}
