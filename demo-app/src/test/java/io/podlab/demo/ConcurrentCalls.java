package io.podlab.demo;

import io.podlab.kit.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a call on many threads at the same time. */
public final class ConcurrentCalls {
  private ConcurrentCalls() {}

  /** Returns the results of the calls that were not refused. */
  public static <T> List<T> call(int callers, Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      CyclicBarrier start = new CyclicBarrier(callers);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return call.call();
                  } catch (ProblemException refused) {
                    return null;
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        T result = future.get();
        if (result != null) {
          results.add(result);
        }
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
