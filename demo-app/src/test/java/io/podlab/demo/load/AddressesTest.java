package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final LoadTarget TARGET = LoadTarget.parse("http://demo:8080");

  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicInteger lookups = new AtomicInteger();

  @Test
  void takesTheAddressesOfTheFirstFamilyInTurn() throws Exception {
    // Given
    Addresses addresses = addresses(() -> of("10.0.0.1", "fd00::1", "10.0.0.2"));

    // Then
    assertThat(List.of(next(addresses), next(addresses), next(addresses), next(addresses)))
        .containsOnly("10.0.0.1:8080", "10.0.0.2:8080")
        .doesNotContainSequence("10.0.0.1:8080", "10.0.0.1:8080")
        .doesNotContainSequence("10.0.0.2:8080", "10.0.0.2:8080");
  }

  @Test
  void looksANameUpAgainAfterASecond() throws Exception {
    // Given
    Addresses addresses = addresses(() -> of("10.0.0." + lookups.incrementAndGet()));
    assertThat(next(addresses)).isEqualTo("10.0.0.1:8080");

    // Then
    nanoTime.set(Duration.ofSeconds(1).toNanos());
    assertThat(next(addresses)).isEqualTo("10.0.0.1:8080");
    nanoTime.set(Duration.ofMillis(1001).toNanos());
    assertThat(next(addresses)).isEqualTo("10.0.0.2:8080");
  }

  @Test
  void sayThatANameIsUnknownUntilItIsKnown() throws Exception {
    // Given
    Addresses addresses =
        addresses(
            () -> {
              if (lookups.incrementAndGet() == 1) {
                throw new UnknownHostException();
              }
              return of("10.0.0.1");
            });

    // Then
    assertThatExceptionOfType(RequestFailure.class)
        .isThrownBy(() -> next(addresses))
        .withMessage("host name demo not found");
    nanoTime.set(Duration.ofMillis(1001).toNanos());
    assertThat(next(addresses)).isEqualTo("10.0.0.1:8080");
  }

  @Test
  void doNotWaitForDnsLongerThanARequestMayTake() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    Addresses addresses =
        addresses(
            () -> {
              lookups.incrementAndGet();
              never.await();
              return of("10.0.0.1");
            });

    // Then
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(RequestFailure.class)
          .isThrownBy(() -> addresses.next(Deadline.in(Duration.ofMillis(50))))
          .withMessage("no answer from DNS within 0.05 s");
      nanoTime.set(Duration.ofSeconds(10).toNanos());
    }
    assertThat(lookups).hasValueLessThanOrEqualTo(1);
    never.countDown();
  }

  private Addresses addresses(Callable<InetAddress[]> lookup) {
    return new Addresses(TARGET, lookup, nanoTime::get);
  }

  private static String next(Addresses addresses) throws Exception {
    var address = addresses.next(Deadline.in(Duration.ofSeconds(10)));
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static InetAddress[] of(String... literals) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      addresses[i] = InetAddress.getByName(literals[i]);
    }
    return addresses;
  }
}
