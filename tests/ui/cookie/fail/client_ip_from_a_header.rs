//! An address that a client wrote into a header is not the client's address.

use std::net::IpAddr;

use secure_forms::client_ip::ClientIp;

fn main() {
    let written: IpAddr = "6.6.6.6".parse().unwrap();
    let _ = ClientIp::Known(written);
    let _ = ClientIp(written);
}
