//! [`PermissionsPolicy`]: which powers of the browser the page and its frames may ask for (W3C Permissions Policy, section 5).

use std::fmt;

macro_rules! features {
    ($($(#[$doc:meta])* $feature:ident = $name:literal,)*) => {
        /// A power of the browser that a policy can deny.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Feature { $($(#[$doc])* $feature,)* }

        impl Feature {
            /// The name that the header carries.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$feature => $name,)* }
            }
        }
    };
}

features! {
    /// Video input.
    Camera = "camera",
    /// Audio input.
    Microphone = "microphone",
    /// The device's place.
    Geolocation = "geolocation",
    /// The Payment Request API.
    Payment = "payment",
    /// WebUSB.
    Usb = "usb",
    /// Motion sensors.
    Accelerometer = "accelerometer",
    /// Media that start by themselves.
    Autoplay = "autoplay",
    /// Web Bluetooth.
    Bluetooth = "bluetooth",
    /// Capture of the screen.
    DisplayCapture = "display-capture",
    /// Full screen.
    Fullscreen = "fullscreen",
    /// Rotation sensors.
    Gyroscope = "gyroscope",
    /// Devices such as game pads, raw.
    Hid = "hid",
    /// The compass.
    Magnetometer = "magnetometer",
    /// MIDI devices.
    Midi = "midi",
    /// Passkeys: signing in with one.
    PublickeyCredentialsGet = "publickey-credentials-get",
    /// Serial ports.
    Serial = "serial",
    /// Keeping the screen on.
    ScreenWakeLock = "screen-wake-lock",
    /// Virtual and augmented reality.
    XrSpatialTracking = "xr-spatial-tracking",
}

/// Which features are denied to everyone, and which are for this site alone.
///
/// ```
/// use secure_forms::headers::{Feature, PermissionsPolicy};
///
/// let policy = PermissionsPolicy::default().allow_self(Feature::Camera).deny(Feature::Midi);
/// assert_eq!(policy.to_string(), "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), midi=()");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PermissionsPolicy(Vec<(Feature, &'static str)>);

impl PermissionsPolicy {
    /// Denies a feature to the page and to every frame in it.
    #[must_use]
    pub fn deny(self, feature: Feature) -> Self {
        self.set(feature, "()")
    }

    /// Leaves a feature to pages and frames of this origin.
    #[must_use]
    pub fn allow_self(self, feature: Feature) -> Self {
        self.set(feature, "(self)")
    }

    fn set(mut self, feature: Feature, allowed: &'static str) -> Self {
        match self.0.iter_mut().find(|(known, _)| *known == feature) {
            Some(entry) => entry.1 = allowed,
            None => self.0.push((feature, allowed)),
        }
        self
    }
}

/// Denies camera, microphone, geolocation, payment and usb.
impl Default for PermissionsPolicy {
    fn default() -> Self {
        use Feature::{Camera, Geolocation, Microphone, Payment, Usb};
        Self([Camera, Microphone, Geolocation, Payment, Usb].map(|feature| (feature, "()")).to_vec())
    }
}

impl fmt::Display for PermissionsPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (feature, allowed)) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}{}={allowed}", feature.name())?;
        }
        Ok(())
    }
}
