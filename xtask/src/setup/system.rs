//! Packages of the system: installed as root on Debian; anywhere else the one command is shown. Never sudo.

use std::time::Duration;

use crate::failure::Failure;
use crate::screen::Screen;
use crate::tool::{Tool, in_path};

/// A mirror that does not answer must not hold up everything for longer.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// What a machine has to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Debian, and we are root.
    DebianAsRoot,
    /// Debian, and we are not.
    Debian,
    /// Another system.
    Other,
}

impl System {
    /// This machine.
    pub(crate) fn this() -> Self {
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let user = std::process::Command::new("id").arg("-u").output();
        let user = user.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
        Self::of(&release, in_path("apt-get").is_some(), &user)
    }

    /// From the text of `/etc/os-release`, whether `apt-get` is there, and the number of the user.
    ///
    /// Ubuntu is no Debian here: its `chromium` is a package without a browser in it.
    fn of(release: &str, has_apt: bool, user: &str) -> Self {
        let debian = release.lines().any(|line| matches!(line.trim(), "ID=debian" | "ID=\"debian\""));
        match (debian && has_apt, user) {
            (true, "0") => Self::DebianAsRoot,
            (true, _) => Self::Debian,
            (false, _) => Self::Other,
        }
    }
}

/// Packages of Debian, with what to do where they cannot be installed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// What is missing, for a person.
    pub what: &'a str,
    /// Debian's names.
    pub packages: &'a [&'a str],
    /// What to do on another system.
    pub elsewhere: &'a str,
}

impl Wanted<'_> {
    /// Installs the packages, or says which command does.
    pub(crate) fn install(self, system: System, screen: &Screen) -> Result<(), Failure> {
        if system != System::DebianAsRoot {
            return Err(self.ask(system));
        }
        // A machine that was just made has no package lists; an old list names files that are gone.
        apt(&["update", "--quiet"]).run(screen)?;
        let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
        apt(&install).args(self.packages).run(screen)?;
        Ok(())
    }

    /// The one command, where we may not or cannot install.
    fn ask(self, system: System) -> Failure {
        let advice = match system {
            System::DebianAsRoot | System::Debian => format!(
                "as root, run `apt-get update && apt-get install --yes {}`, then this command again",
                self.packages.join(" ")
            ),
            System::Other => format!("{}, then run this command again", self.elsewhere),
        };
        Failure::new(format!("{} is missing, and only root can install it with Debian's packages", self.what), advice)
    }
}

fn apt(arguments: &[&str]) -> Tool {
    Tool::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .limit(LIMIT)
        .advice("check that Debian's packages can be reached, then run this command again")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBIAN: &str = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n";
    const UBUNTU: &str = "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n";
    const WANTED: Wanted<'_> = Wanted {
        what: "a browser",
        packages: &["chromium", "chromium-driver"],
        elsewhere: "install Chromium and ChromeDriver of the same version",
    };

    #[test]
    fn only_root_on_debian_installs() {
        assert_eq!(System::of(DEBIAN, true, "0"), System::DebianAsRoot);
        assert_eq!(System::of(DEBIAN, true, "1000"), System::Debian);
        assert_eq!(System::of(DEBIAN, true, ""), System::Debian, "who we are is not known");
        assert_eq!(System::of(DEBIAN, false, "0"), System::Other);
        assert_eq!(System::of(UBUNTU, true, "0"), System::Other);
        assert_eq!(System::of("", false, "501"), System::Other);
    }

    #[test]
    fn a_user_on_debian_is_given_the_one_command() {
        let failure = WANTED.install(System::Debian, &Screen::new()).unwrap_err().to_string();
        assert!(failure.contains("`apt-get update && apt-get install --yes chromium chromium-driver`"), "{failure}");
        assert!(!failure.contains("sudo"), "{failure}");
    }

    #[test]
    fn another_system_is_told_what_is_needed() {
        let failure = WANTED.install(System::Other, &Screen::new()).unwrap_err().to_string();
        assert!(failure.contains("a browser is missing"), "{failure}");
        assert!(failure.contains("install Chromium and ChromeDriver of the same version, then run"), "{failure}");
        assert!(!failure.contains("apt-get"), "{failure}");
    }
}
