package io.podlab.kit.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases from Go's time_test.go (TestParseDuration, TestDurationString) that a person can type. */
class GoDurationTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0, PT0S",
    "+0, PT0S",
    "-0, PT0S",
    "0s, PT0S",
    "5s, PT5S",
    "1478s, PT24M38S",
    "+5m, PT5M",
    "-5m, PT-5M",
    "5.s, PT5S",
    "5.0s, PT5S",
    "1.5h, PT1H30M",
    ".5h, PT30M",
    "-.5h, PT-30M",
    "1.004s, PT1.004S",
    "100.00100s, PT100.001S",
    "300ms, PT0.3S",
    "10ns, PT0.00000001S",
    "11us, PT0.000011S",
    "12µs, PT0.000012S",
    "12μs, PT0.000012S",
    "0.5ns, PT0S",
    "1h30m, PT1H30M",
    "3h30m, PT3H30M",
    "10.5s4m, PT4M10.5S",
    "1m1m, PT2M",
    "1h2m3s4ms5us6ns, PT1H2M3.004005006S",
    "39h9m14.425s, PT39H9M14.425S",
    "52763797000ns, PT52.763797S",
    "0.100000000000000000000h, PT6M",
  })
  void acceptsWhatGoAccepts(String text, Duration expected) {
    // When
    Duration parsed = GoDuration.parse(text);

    // Then
    assertThat(parsed).isEqualTo(expected);
  }

  @ParameterizedTest(name = "\"{0}\": {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | time: invalid duration \"\"",
        "3       | time: missing unit in duration \"3\"",
        "24      | time: missing unit in duration \"24\"",
        "1h30    | time: missing unit in duration \"1h30\"",
        "1.2.3s  | time: missing unit in duration \"1.2.3s\"",
        "00      | time: missing unit in duration \"00\"",
        "1d      | time: unknown unit \"d\" in duration \"1d\"",
        "1w      | time: unknown unit \"w\" in duration \"1w\"",
        "1H      | time: unknown unit \"H\" in duration \"1H\"",
        "1e3s    | time: unknown unit \"e\" in duration \"1e3s\"",
        "1h-5m   | time: unknown unit \"h-\" in duration \"1h-5m\"",
        "5 m     | time: unknown unit \" m\" in duration \"5 m\"",
        "'5m '   | time: unknown unit \"m \" in duration \"5m \"",
        "' 5m'   | time: invalid duration \" 5m\"",
        "-       | time: invalid duration \"-\"",
        "+       | time: invalid duration \"+\"",
        "s       | time: invalid duration \"s\"",
        ".       | time: invalid duration \".\"",
        "-.      | time: invalid duration \"-.\"",
        ".s      | time: invalid duration \".s\"",
        "+.s     | time: invalid duration \"+.s\"",
        "+-5m    | time: invalid duration \"+-5m\"",
        "forever | time: invalid duration \"forever\"",
        "٣h      | time: invalid duration \"\\xd9\\xa3h\"",
        "1µh     | time: unknown unit \"\\xc2\\xb5h\" in duration \"1\\xc2\\xb5h\"",
        "1🐳     | time: unknown unit \"\\xf0\\x9f\\x90\\xb3\" in duration \"1\\xf0\\x9f\\x90\\xb3\"",
        "'a\"b\\'  | time: invalid duration \"a\\\"b\\\\\"",
      })
  void rejectsWithTheMessageOfGo(String text, String message) {
    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessage(message);
  }

  @Test
  void escapesControlCharactersAsGoDoes() {
    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse("1\u001b[2J\ns"))
        .withMessage("time: unknown unit \"\\x1b[\" in duration \"1\\x1b[2J\\x0as\"");
  }

  @ParameterizedTest(name = "{0} just fits")
  @CsvSource({
    "9223372036854775807ns, PT2562047H47M16.854775807S",
    "9223372036854775.807us, PT2562047H47M16.854775807S",
    "9223372036s854ms775us807ns, PT2562047H47M16.854775807S",
    "-9223372036854775807ns, PT-2562047H-47M-16.854775807S",
    "2562047h, PT2562047H",
  })
  void acceptsTheLongestThatFitsInSixtyFourBits(String text, Duration expected) {
    // When
    Duration parsed = GoDuration.parse(text);

    // Then
    assertThat(parsed).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} overflows")
  @CsvSource({
    "9223372036854775808ns",
    "9223372036854775.808us",
    "9223372036854ms775us808ns",
    "2562048h",
    "3000000h",
    "18446744073709551616s",
    "99999999999999999999999999999999h",
    "-2562048h",
  })
  void rejectsOverflow(String text) {
    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessage("time: invalid duration \"" + text + "\"");
  }

  @Test
  void acceptsAHundredCharacters() {
    // Given
    String text = "0".repeat(98) + "5m";

    // When
    Duration parsed = GoDuration.parse(text);

    // Then
    assertThat(parsed).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void rejectsMoreThanAHundredCharactersWithoutRepeatingThem() {
    // Given
    String text = "0".repeat(99) + "5m";

    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessage("time: a duration has at most 100 characters");
  }

  @ParameterizedTest(name = "{0} is formatted as {1}")
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 1ns",
    "PT0.0000011S, 1.1µs",
    "PT0.0022S, 2.2ms",
    "PT0.492498996S, 492.498996ms",
    "PT3.3S, 3.3s",
    "PT10S, 10s",
    "PT1M, 1m0s",
    "PT1M2.5S, 1m2.5s",
    "PT4M5S, 4m5s",
    "PT4M5.001S, 4m5.001s",
    "PT1H, 1h0m0s",
    "PT5H6M7.001S, 5h6m7.001s",
    "PT24H, 24h0m0s",
    "PT8M0.000000001S, 8m0.000000001s",
    "PT2562047H47M16.854775807S, 2562047h47m16.854775807s",
    "PT-1.5S, -1.5s",
  })
  void formatsAsGoDoes(Duration duration, String expected) {
    // When
    String text = GoDuration.format(duration);

    // Then
    assertThat(text).isEqualTo(expected);
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
  }
}
