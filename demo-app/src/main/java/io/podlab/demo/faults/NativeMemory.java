package io.podlab.demo.faults;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/**
 * Memory that is the kernel's to count and not the JVM's: neither {@code -Xmx} nor {@code
 * -XX:MaxDirectMemorySize} bounds it, so that only the container's limit is in its way. {@code
 * sun.misc.Unsafe} is supported (JEP 260), but the compiler's warning cannot be turned off; so it
 * is called by name.
 */
final class NativeMemory implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NativeMemory.class);

  /** Large enough for malloc to hand each block back to the kernel when it is freed. */
  private static final long BLOCK = 64L << 20;

  private static final byte NOT_ZERO = 1;

  private final Deque<Long> blocks = new ArrayDeque<>();
  private boolean closed;

  /** Takes it bit by bit, and writes to each page: what is only asked for costs nothing. */
  void take(long bytes) {
    try {
      for (long rest = bytes; rest > 0 && takeBlock(Math.min(rest, BLOCK)); rest -= BLOCK) {
        Thread.onSpinWait();
      }
    } catch (InvocationTargetException refused) {
      LOG.warnf("the machine gives no more memory: %s", refused.getCause());
    } catch (ReflectiveOperationException noUnsafe) {
      throw new IllegalStateException("this JVM gives no memory of its own", noUnsafe);
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
      throw new IllegalStateException("memory was taken, but cannot be given back", noUnsafe);
    }
  }

  private static Method method(String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    return Unsafe.INSTANCE.getClass().getMethod(name, parameters);
  }

  /** Looked for when it is first needed. */
  private static final class Unsafe {
    static final Object INSTANCE = instance();

    private static Object instance() {
      try {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return field.get(null);
      } catch (ReflectiveOperationException absent) {
        throw new IllegalStateException("this JVM gives no memory of its own", absent);
      }
    }
  }
}
