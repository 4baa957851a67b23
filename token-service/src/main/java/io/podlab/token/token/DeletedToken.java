package io.podlab.token.token;

import io.podlab.kit.http.PlainText;

/** The answer to {@code DELETE /tokens/{id}}, as kubeadm prints it; a JSON client gets none. */
record DeletedToken(String id) implements PlainText {
  @Override
  public String plainText() {
    return "bootstrap token \"" + id + "\" deleted\n";
  }
}
