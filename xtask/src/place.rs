//! Where things stand in the source tree and where built things go.

use std::path::{Path, PathBuf};

/// The folders that the steps read and write.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The root of the source tree.
    pub root: PathBuf,
    /// Cargo's target folder: everything that is built, except the package's own files.
    pub target: PathBuf,
    /// Tools that were compiled for this project; survives `clean`.
    pub tools: PathBuf,
}

impl Place {
    /// Reads them from where Cargo started us and from the environment.
    pub(crate) fn find() -> Self {
        let own =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = own.parent().map_or_else(|| own.clone(), Path::to_path_buf);
        let folder = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let target = folder("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |path| root.join(path));
        let tools = folder("CIRCLECI_OIDC_TOOLS").map_or_else(|| target.join("tools"), |path| root.join(path));
        Self { root, target, tools }
    }

    /// The npm package's folder.
    pub(crate) fn package(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The built npm package.
    pub(crate) fn dist(&self) -> PathBuf {
        self.package().join("dist")
    }

    /// The page's folder.
    pub(crate) fn page(&self) -> PathBuf {
        self.root.join("www")
    }

    /// The built page.
    pub(crate) fn page_dist(&self) -> PathBuf {
        self.page().join("dist")
    }

    /// The built page that may ask CircleCI for a key set.
    pub(crate) fn page_fetching(&self) -> PathBuf {
        self.target.join("fetching")
    }

    /// The compiled core and its JavaScript side, as the package's build takes them.
    pub(crate) fn core(&self) -> PathBuf {
        self.target.join("core")
    }

    /// The npm tarball's folder.
    pub(crate) fn tarball(&self) -> PathBuf {
        self.target.join("package")
    }

    /// The folder of the page's zip.
    pub(crate) fn zip(&self) -> PathBuf {
        self.target.join("page")
    }

    /// A path as it is shown: from the root where it lies inside.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
