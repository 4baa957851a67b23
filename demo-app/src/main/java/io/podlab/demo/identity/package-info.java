/** Who answers: the pod that a request has reached. */
package io.podlab.demo.identity;
