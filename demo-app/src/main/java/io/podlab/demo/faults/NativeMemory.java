package io.podlab.demo.faults;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/**
 * Memory outside the Java heap. Neither {@code -Xmx} nor {@code -XX:MaxDirectMemorySize} limits it;
 * only the container's limit does. {@code sun.misc.Unsafe} is supported (JEP 260), but javac always
 * warns about it. Reflection avoids the warning.
 */
final class NativeMemory implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NativeMemory.class);

  /** Large enough that malloc returns a freed block to the kernel. */
  private static final long BLOCK = 64L << 20;

  private static final byte NOT_ZERO = 1;

  private final Deque<Long> blocks = new ArrayDeque<>();
  private boolean closed;

  /**
   * Allocates block by block and writes to each page, because the kernel provides a page only on
   * the first write.
   */
  void take(long bytes) {
    try {
      for (long rest = bytes; rest > 0 && takeBlock(Math.min(rest, BLOCK)); rest -= BLOCK) {
        Thread.onSpinWait();
      }
    } catch (InvocationTargetException refused) {
      LOG.warnf("memory allocation failed: %s", refused.getCause());
    } catch (ReflectiveOperationException noUnsafe) {
      throw new IllegalStateException("this JVM does not support sun.misc.Unsafe", noUnsafe);
    }
  }

  private synchronized boolean takeBlock(long bytes) throws ReflectiveOperationException {
    if (closed) {
      return false;
    }
    long address = (long) method("allocateMemory", long.class).invoke(Unsafe.INSTANCE, bytes);
    blocks.push(address);
    method("setMemory", long.class, long.class, byte.class)
        .invoke(Unsafe.INSTANCE, address, bytes, NOT_ZERO);
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      Method free = method("freeMemory", long.class);
      while (!blocks.isEmpty()) {
        free.invoke(Unsafe.INSTANCE, blocks.pop());
      }
    } catch (ReflectiveOperationException noUnsafe) {
      throw new IllegalStateException("memory was allocated, but cannot be freed", noUnsafe);
    }
  }

  private static Method method(String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    return Unsafe.INSTANCE.getClass().getMethod(name, parameters);
  }

  /** Loaded on first use. */
  private static final class Unsafe {
    static final Object INSTANCE = instance();

    private static Object instance() {
      try {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return field.get(null);
      } catch (ReflectiveOperationException absent) {
        throw new IllegalStateException("this JVM does not support sun.misc.Unsafe", absent);
      }
    }
  }
}
