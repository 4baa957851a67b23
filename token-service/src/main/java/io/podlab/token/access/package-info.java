/** Who may do what with tokens, and the record of who did. */
package io.podlab.token.access;
