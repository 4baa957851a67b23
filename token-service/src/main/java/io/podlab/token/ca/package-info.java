/** The cluster's certificate authority, and the hash by which a joining node knows it. */
package io.podlab.token.ca;
