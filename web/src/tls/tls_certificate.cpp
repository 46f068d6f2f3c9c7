#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cardea/web/tls/tls_certificate.hpp>
#include <ctime>

namespace cardea::web {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

// Of TLS 1.2: a key of the moment for each connection, and a cipher that authenticates (RFC 9325 section 4.2). TLS 1.3
// has no others.
constexpr auto kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view kHttp11{"\x08http/1.1", 9};  // as ALPN writes it (RFC 7301 section 3.1)

std::unexpected<Error> unusable(const char* what) {
  ERR_clear_error();
  return failure(ErrorCode::configuration_invalid, PublicText{what});
}

Bio reader_of(std::string_view text) { return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))}; }

// A key with a passphrase is none that a server can start with by itself.
int no_passphrase(char*, int, int, void*) { return -1; }

// HTTP/1.1, or no connection: who offers other protocols alone could only misread us.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned offered_size, void*) {
  unsigned char* found = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(kHttp11.data());
  if (SSL_select_next_proto(&found, chosen_size, ours, unsigned{kHttp11.size()}, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

Context make_context() {
  Context context{SSL_CTX_new(TLS_server_method())};
  if (!context) return {};
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  if (SSL_CTX_set_cipher_list(context.get(), kCiphers) != 1) return {};
  return context;
}

Done use_chain(SSL_CTX* context, std::string_view text) {
  const auto reader = reader_of(text);
  const Certificate own{PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr)};
  if (!own) return unusable("the certificate cannot be read; write it as PEM, the server's own first");
  if (SSL_CTX_use_certificate(context, own.get()) != 1)
    return unusable("the certificate is too weak; make one with ECDSA P-256, or RSA of 2048 bits");
  while (const Certificate next{PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr)}) {
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
      return unusable(
          "the certificate of an authority behind the server's own is too weak; ask for a chain of SHA-256 or better");
  }
  ERR_clear_error();  // that of the end
  return {};
}

Done use_key(SSL_CTX* context, const Secret& key) {
  const auto reader = reader_of(key.expose());
  const PrivateKey read{PEM_read_bio_PrivateKey(reader.get(), nullptr, no_passphrase, nullptr)};
  if (!read) return unusable("the key cannot be read; write it as PEM, without a passphrase");
  if (SSL_CTX_use_PrivateKey(context, read.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
    return unusable("the key is not that of the certificate; name the two that belong together");
  return {};
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return Instant{};
  return Instant{std::chrono::seconds{::timegm(&fields)}};
}

std::string text_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string address_of(const std::string& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
}

}  // namespace

Result<std::shared_ptr<const TlsCertificate>> TlsCertificate::from_pem(std::string_view chain, const Secret& key) {
  ERR_clear_error();
  auto context = make_context();
  if (!context) return unusable("OpenSSL has no TLS 1.2 with ECDHE here; look at openssl.cnf");
  if (auto used = use_chain(context.get(), chain); !used) return failure(std::move(used).error());
  if (auto used = use_key(context.get(), key); !used) return failure(std::move(used).error());
  return std::shared_ptr<const TlsCertificate>(new TlsCertificate(context.release()));
}

TlsCertificate::~TlsCertificate() { SSL_CTX_free(context_); }

std::vector<std::string> TlsCertificate::names() const {
  std::vector<std::string> names;
  const auto* certificate = SSL_CTX_get0_certificate(context_);
  const Names read{static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
  for (int i = 0; read && i < sk_GENERAL_NAME_num(read.get()); ++i) {
    const auto* name = sk_GENERAL_NAME_value(read.get(), i);
    if (name->type == GEN_DNS) names.push_back(text_of(name->d.dNSName));
    if (name->type == GEN_IPADD) names.push_back(address_of(text_of(name->d.iPAddress)));
  }
  return names;
}

Instant TlsCertificate::valid_from() const {
  return instant_of(X509_get0_notBefore(SSL_CTX_get0_certificate(context_)));
}
Instant TlsCertificate::valid_until() const {
  return instant_of(X509_get0_notAfter(SSL_CTX_get0_certificate(context_)));
}

}  // namespace cardea::web
