package io.podlab.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartFailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"is not an address; use 10.0.0.1", "'1.2' is not an address; use 10.0.0.1"})
  void namesTheVariableAndTheInvalidValueOnce(String message) {
    // Given
    ConfigValidationException failure =
        invalid(
            "SRCFG00039: The config property lab.pod.ip with the config value \"1.2\" threw an"
                + " Exception whilst being converted java.lang.IllegalArgumentException: "
                + message);

    // When
    var refusal = StartFailure.refusal(new RuntimeException(failure));

    // Then
    assertThat(refusal).contains("LAB_POD_IP is invalid: '1.2' is not an address; use 10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          lab.a.b,           LAB_A_B is invalid: 'x' is not an integer; use digits only
          quarkus.http.port, QUARKUS_HTTP_PORT is invalid: 'x' is not a port; use 1 to 65535
          """)
  void replacesTheMessageOfTheNumberConverter(String property, String expected) {
    // Given
    ConfigValidationException failure =
        invalid(
            "SRCFG00039: The config property "
                + property
                + " with the config value \"x\" threw an"
                + " Exception whilst being converted java.lang.NumberFormatException: SRCFG00029:"
                + " Expected an integer value, got \"x\"");

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal).hasValueSatisfying(line -> assertThat(line).startsWith(expected));
  }

  @Test
  void listsTheValuesOfAnEnum() {
    // Given
    ConfigValidationException failure =
        invalid(
            "SRCFG00039: The config property lab.a.b with the config value \"x\" threw an Exception"
                + " whilst being converted java.lang.IllegalArgumentException: SRCFG00049: Cannot"
                + " convert x to enum class io.podlab.Some$Thing, allowed values: a,b,c");

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal).contains("LAB_A_B is invalid: 'x' is not a valid value; use a, b or c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.NoSuchElementException: SRCFG00040: The config property lab.a.b is defined as the"
            + " empty String (\"\") which the following Converter considered to be null:"
            + " io.smallrye.config.Converters$BuiltInConverter",
        "java.util.NoSuchElementException: SRCFG00041: The config property lab.a.b with the config"
            + " value \" \" was converted to null from the following Converter:"
            + " io.smallrye.config.Converters$BuiltInConverter",
        "io.quarkus.runtime.configuration.ConfigurationException: LAB_A_B is empty; set a value, or"
            + " unset it to use the default"
      })
  void namesTheVariableThatIsEmpty(String problem) {
    assertThat(StartFailure.refusal(invalid(problem)))
        .contains("LAB_A_B is empty; set a value, or unset it to use the default");
  }

  @Test
  void cutsLongValuesAndReplacesControlCharacters() {
    // Given
    ConfigValidationException failure =
        invalid(
            "SRCFG00039: The config property lab.a.b with the config value \"\u001b[2J\n"
                + "x".repeat(5000)
                + "\" threw an Exception whilst being converted"
                + " java.lang.IllegalArgumentException: no \u001b[2J"
                + "x".repeat(5000));

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal)
        .hasValueSatisfying(
            line -> assertThat(line).hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}"));
  }

  @Test
  void putsSeveralProblemsOnOneLine() {
    // Given
    ConfigValidationException failure =
        invalid(
            "SRCFG00014: The config property lab.a.b is required but it could not be found\nin any",
            "SRCFG00014: The config property lab.c.d is required but it could not be found");

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal)
        .contains("LAB_A_B is required; set a value; LAB_C_D is required; set a value");
  }

  @Test
  void namesThePortThatIsInUse() {
    // Given
    Exception failure = new QuarkusBindException("0.0.0.0", 8080, new java.net.BindException());

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal)
        .hasValueSatisfying(line -> assertThat(line).contains("8080", "QUARKUS_HTTP_PORT"));
  }

  @ParameterizedTest
  @CsvSource({"8443, QUARKUS_HTTP_PORT", "8080, LAB_TLS_PORT"})
  void namesTheSettingOfThePortThatIsInUse(String plainPort, String variable) {
    // Given
    System.setProperty("quarkus.http.port", plainPort);
    System.setProperty("lab.tls.port", "8443");
    Exception failure = new QuarkusBindException("0.0.0.0", 8443, new java.net.BindException());

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal).hasValueSatisfying(line -> assertThat(line).contains("8443", variable));
  }

  @AfterEach
  void clearPorts() {
    System.clearProperty("quarkus.http.port");
    System.clearProperty("lab.tls.port");
  }

  @Test
  void namesAnAddressOfAnotherMachine() {
    // Given an address that RFC 5737 reserves for documentation
    Exception failure = new QuarkusBindException("192.0.2.77", 8080, new java.net.BindException());

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal)
        .hasValueSatisfying(
            line ->
                assertThat(line).startsWith("QUARKUS_HTTP_HOST is invalid: '192.0.2.77' is not"));
  }

  @Test
  void repeatsAConfigurationException() {
    // Given
    Exception failure = new RuntimeException(new ConfigurationException("LAB_X is invalid: …"));

    // When
    var refusal = StartFailure.refusal(failure);

    // Then
    assertThat(refusal).contains("LAB_X is invalid: …");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, 99_999})
  void namesAPortThatIsOutOfRange(int port) {
    assertThat(StartFailure.impossiblePort(port))
        .hasValueSatisfying(
            line -> assertThat(line).contains("QUARKUS_HTTP_PORT", Integer.toString(port)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unsupported support level", "the transport is closed", "port 1 of 2"})
  void doesNotBlameThePortForOtherErrors(String message) {
    assertThat(StartFailure.refusal(new IllegalArgumentException(message))).isEmpty();
  }

  @Test
  void ignoresAnUnknownHostWithoutAName() {
    assertThat(StartFailure.refusal(new UnknownHostException())).isEmpty();
  }

  @Test
  void hasNoMessageForABug() {
    assertThat(StartFailure.refusal(new IllegalStateException("bug"))).isEmpty();
  }

  private static ConfigValidationException invalid(String... problems) {
    return new ConfigValidationException(
        List.of(problems).stream().map(Problem::new).toArray(Problem[]::new));
  }
}
