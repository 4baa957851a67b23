package io.podlab.token;

import io.podlab.kit.testing.HttpContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(TemporaryState.class) // as the other tests, so that they share one start
class HttpContractTest extends HttpContract {}
