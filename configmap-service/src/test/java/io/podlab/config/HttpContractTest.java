package io.podlab.config;

import io.podlab.kit.testing.HttpContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class HttpContractTest extends HttpContract {}
