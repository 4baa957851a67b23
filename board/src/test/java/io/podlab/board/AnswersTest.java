package io.podlab.board;

import io.podlab.kit.testing.AnswersContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AnswersTest extends AnswersContract {}
