package io.podlab.token;

import io.podlab.kit.testing.HttpContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(
    TemporaryState.class) // shared with the other tests, so that the service starts once
class HttpContractTest extends HttpContract {}
