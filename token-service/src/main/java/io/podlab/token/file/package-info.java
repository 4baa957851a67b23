/** The backend without a cluster: tokens in a file. */
package io.podlab.token.file;
