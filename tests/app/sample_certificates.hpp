#pragma once

/// Certificates of identity providers that are nobody's: made by the openssl program, their keys thrown away.
namespace tallystick::test {

inline constexpr const char* curve_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBcDCCARegAwIBAgIUbCoIK97RifGy5s4CaDAMk8TRSBkwCgYIKoZIzj0EAwIw\n"
    "DjEMMAoGA1UEAwwDaWRwMB4XDTI2MTEyNDE5MDc1MFoXDTM2MTEyMTE5MDc1MFow\n"
    "DjEMMAoGA1UEAwwDaWRwMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbQ9MtWSn\n"
    "LyQoqDs4alpFIn71JfM1sWeBqNUeJCWMsOsetUb/gAPiTqoQhMS9zg+NK5KvzoJt\n"
    "Mf6EOOFTGRCpkKNTMFEwHQYDVR0OBBYEFIN1OkYFQfJ/JskSHVNKP+PuMlcOMB8G\n"
    "A1UdIwQYMBaAFIN1OkYFQfJ/JskSHVNKP+PuMlcOMA8GA1UdEwEB/wQFMAMBAf8w\n"
    "CgYIKoZIzj0EAwIDRwAwRAIgAqYGOHbCJY5m1ts1KRUPpFunYWtvypqXvtNTJ3UT\n"
    "mF4CIALcDFx/k+3NVYEYy24PAXhCPui8aI0qgp4pz2mvTz0r\n"
    "-----END CERTIFICATE-----\n";

/// RSA of 1,024 bits.
inline constexpr const char* short_rsa_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIB+DCCAWGgAwIBAgIUUSx1GMdStZPTTtyt470O3XvsPqIwDQYJKoZIhvcNAQEL\n"
    "BQAwDjEMMAoGA1UEAwwDaWRwMB4XDTI2MTEyNDE5MDc1MVoXDTM2MTEyMTE5MDc1\n"
    "MVowDjEMMAoGA1UEAwwDaWRwMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC1\n"
    "4SkUiqJ5fIXrxO+B4mqevCuW1lkRogi2mw+f4ZCsa9VX5tR73bngHJ1PPfiPgYQ0\n"
    "4av+D7314E8bXrjbv3Ca1GtPISiHzKcyeV4K+xuLvQa5XPWywvXVneEH1LM1g1em\n"
    "pWdof5SrnwSvmRXQcuvfM8tN5Fg3zvm+hsdx8Xj9nQIDAQABo1MwUTAdBgNVHQ4E\n"
    "FgQU6C6A6pQ1VOitM/z70B5rnrW+TjMwHwYDVR0jBBgwFoAU6C6A6pQ1VOitM/z7\n"
    "0B5rnrW+TjMwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOBgQCtc2yz\n"
    "UK3MPgmOrr9R4sw7yEEG73VP9i0pVnC1L0F83OOaPqzuyumXQyCgqwQbtlHyBNUH\n"
    "FixQYn0gqh4ydQ9aGFh3fprZ30UiCSuMOi5fcuUEXxYmxOu8X6jyzeI9gIE8neY8\n"
    "wWj8n8G8tz4uuw1valI0NZuYMgmW3yTY/E8PRQ==\n"
    "-----END CERTIFICATE-----\n";

inline constexpr const char* ed25519_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBMDCB46ADAgECAhRArx6mSWAeSe3YAUx9vk2V/ZAfZDAFBgMrZXAwDjEMMAoG\n"
    "A1UEAwwDaWRwMB4XDTI2MTEyNDE5MDc1MVoXDTM2MTEyMTE5MDc1MVowDjEMMAoG\n"
    "A1UEAwwDaWRwMCowBQYDK2VwAyEADwXLtsAJv8c5/Nj+iqQJBzI7tIJQLrJ1auBN\n"
    "gwyIwTmjUzBRMB0GA1UdDgQWBBQivq58ri67BYMPDBiSrxry2HQ8VjAfBgNVHSME\n"
    "GDAWgBQivq58ri67BYMPDBiSrxry2HQ8VjAPBgNVHRMBAf8EBTADAQH/MAUGAytl\n"
    "cANBAGIUBpqBLZucauXExX0bX7z+PFIysKmMuej0vQ0GKwIm2PNUkSyhhYWKevW7\n"
    "Csqb4IxYKltzVwEdfaEk+Z7lNQU=\n"
    "-----END CERTIFICATE-----\n";

}  // namespace tallystick::test
