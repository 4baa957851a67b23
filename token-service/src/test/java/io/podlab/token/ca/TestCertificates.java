package io.podlab.token.ca;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates for every key type of a cluster's CA. */
public enum TestCertificates {
  RSA("RSA", 2048, "SHA256withRSA"),
  EC("EC", 256, "SHA256withECDSA"),
  EC_384("EC", 384, "SHA384withECDSA"),
  ED25519("Ed25519", 255, "Ed25519");

  public static final Instant BEGIN = Instant.parse("2020-03-01T12:00:00Z");
  public static final Instant END = Instant.parse("2120-03-01T12:00:00Z");

  private final String keyAlgorithm;
  private final int keyLength;
  private final String signatureAlgorithm;

  TestCertificates(String keyAlgorithm, int keyLength, String signatureAlgorithm) {
    this.keyAlgorithm = keyAlgorithm;
    this.keyLength = keyLength;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  public KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
    generator.initialize(keyLength);
    return generator.generateKeyPair();
  }

  public X509CertificateHolder newCertificate() throws Exception {
    return newCertificate(newKeys(), BigInteger.ONE);
  }

  X509CertificateHolder newCertificate(KeyPair keys, BigInteger serial) throws Exception {
    return newCertificate(keys, serial, new BasicConstraints(true), null);
  }

  /**
   * @param constraints null for none
   * @param usage null for none
   */
  X509CertificateHolder newCertificate(
      KeyPair keys, BigInteger serial, BasicConstraints constraints, KeyUsage usage)
      throws Exception {
    X500Name name = new X500Name("CN=kubernetes");
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    if (constraints != null) {
      extensions.addExtension(Extension.basicConstraints, true, constraints);
    }
    if (usage != null) {
      extensions.addExtension(Extension.keyUsage, true, usage);
    }
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, serial, Date.from(BEGIN), Date.from(END), name, keys.getPublic());
    if (!extensions.isEmpty()) {
      Extensions all = extensions.generate();
      for (var oid : all.getExtensionOIDs()) {
        builder.addExtension(all.getExtension(oid));
      }
    }
    return builder.build(new JcaContentSignerBuilder(signatureAlgorithm).build(keys.getPrivate()));
  }

  /** Computed with the JDK; the service uses BouncyCastle. */
  static String hash(X509CertificateHolder certificate) throws Exception {
    byte[] subjectPublicKeyInfo =
        new JcaX509CertificateConverter().getCertificate(certificate).getPublicKey().getEncoded();
    return "sha256:"
        + HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo));
  }

  public static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
