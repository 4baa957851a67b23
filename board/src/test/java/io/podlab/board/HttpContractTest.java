package io.podlab.board;

import io.podlab.kit.testing.HttpContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HttpContractTest extends HttpContract {}
