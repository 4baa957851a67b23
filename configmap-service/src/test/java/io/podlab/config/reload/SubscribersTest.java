package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscribersTest {
  private final Subscribers<String> subscribers = new Subscribers<>();

  /** Many threads add clients at the same time. */
  @Test
  void admitsAThousandAndNoMoreHoweverManyComeAtOnce() throws InterruptedException {
    // Given
    List<AssertSubscriber<String>> all =
        IntStream.range(0, Subscribers.MOST + 200)
            .mapToObj(i -> AssertSubscriber.<String>create(1))
            .toList();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, 12)
            .mapToObj(
                share ->
                    new Thread(
                        () -> {
                          awaitIt(start);
                          all.subList(share * 100, share * 100 + 100)
                              .forEach(
                                  one ->
                                      subscribers
                                          .await(() -> "now")
                                          .subscribe()
                                          .withSubscriber(one));
                        }))
            .toList();
    threads.forEach(Thread::start);

    // When
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    // Then
    assertThat(all).filteredOn(one -> one.getFailure() == null).hasSize(Subscribers.MOST);
    subscribers
        .follow(() -> "now")
        .subscribe()
        .withSubscriber(AssertSubscriber.<String>create(1))
        .assertItems("now");
    all.forEach(AssertSubscriber::cancel);
    subscribers
        .await(() -> "now")
        .subscribe()
        .withSubscriber(AssertSubscriber.<String>create(1))
        .assertItems("now");
  }

  private static void awaitIt(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
