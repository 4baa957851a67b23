package io.podlab.demo.load;

import java.util.Optional;

/**
 * What a server has answered.
 *
 * @param pod the pod that it names
 * @param keepsConnection false if the server closes the connection after this answer
 */
record Answer(int status, Optional<String> pod, boolean keepsConnection) {}
