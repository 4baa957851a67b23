package io.podlab.token.kubeadm;

import io.podlab.kit.http.PlainText;

/** The text of {@code DELETE /tokens/{id}}, as kubeadm prints it. A JSON client gets 204. */
record DeletedToken(String id) implements PlainText {
  @Override
  public String plainText() {
    return "bootstrap token \"" + id + "\" deleted\n";
  }
}
