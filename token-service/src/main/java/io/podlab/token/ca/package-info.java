/** The cluster's certificate authority and its hash, which a joining node verifies. */
package io.podlab.token.ca;
