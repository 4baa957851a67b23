package io.podlab.demo.load;

import java.util.Optional;

/**
 * An answer of a server.
 *
 * @param pod the pod name in the answer
 * @param keepsConnection false if the server closes the connection after this answer
 */
record Answer(int status, Optional<String> pod, boolean keepsConnection) {}
