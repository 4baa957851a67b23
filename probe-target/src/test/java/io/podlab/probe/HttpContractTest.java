package io.podlab.probe;

import io.podlab.kit.testing.HttpContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HttpContractTest extends HttpContract {
  @Override
  protected boolean isAskedAll() {
    return true;
  }
}
